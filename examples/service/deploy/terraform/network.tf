# Who may speak to the service.

resource "azurerm_network_security_group" "quotes" {
  name                = "quotes"
  resource_group_name = var.resource_group
  location            = var.location

  security_rule {
    name                       = "ssh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "0.0.0.0/0"
    destination_address_prefix = "VirtualNetwork"
  }
}
