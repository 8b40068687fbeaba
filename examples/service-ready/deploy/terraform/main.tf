# The vault that holds the service's secrets, and the identity that may read them.

terraform {
  required_version = ">= 1.9"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

resource "azurerm_user_assigned_identity" "quotes" {
  name                = "quotes"
  resource_group_name = var.resource_group
  location            = var.location
}

resource "azurerm_key_vault" "quotes" {
  name                          = "quotes-${var.environment}"
  resource_group_name           = var.resource_group
  location                      = var.location
  tenant_id                     = var.tenant_id
  sku_name                      = "premium"
  rbac_authorization_enabled    = true
  soft_delete_retention_days    = 90
  purge_protection_enabled      = true
  public_network_access_enabled = false

  network_acls {
    bypass         = "AzureServices"
    default_action = "Deny"
  }
}

resource "azurerm_private_endpoint" "vault" {
  name                = "quotes-vault"
  resource_group_name = var.resource_group
  location            = var.location
  subnet_id           = var.subnet_id

  private_service_connection {
    name                           = "quotes-vault"
    private_connection_resource_id = azurerm_key_vault.quotes.id
    subresource_names              = ["vault"]
    is_manual_connection           = false
  }
}

resource "azurerm_role_assignment" "read_secrets" {
  scope                = azurerm_key_vault.quotes.id
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.quotes.principal_id
}
