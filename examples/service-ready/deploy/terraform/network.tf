# Only the frontend's subnet may speak to the service.

resource "azurerm_network_security_group" "quotes" {
  name                = "quotes"
  resource_group_name = var.resource_group
  location            = var.location

  security_rule {
    name                       = "https-from-frontend"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8443"
    source_address_prefix      = var.frontend_prefix
    destination_address_prefix = "VirtualNetwork"
  }
}
