variable "environment" {
  type = string
}

variable "resource_group" {
  type = string
}

variable "location" {
  type = string
}

variable "tenant_id" {
  type = string
}
