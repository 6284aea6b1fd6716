"""OpenAPI 3.1 documents: of all fixed addresses, and of each application's forms."""
