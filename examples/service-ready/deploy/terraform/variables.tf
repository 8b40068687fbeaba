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

variable "subnet_id" {
  type = string
}

variable "frontend_prefix" {
  type        = string
  description = "Address range of the frontend's subnet."
}
