"""What is written from the registries: pages of docs/reference, schemas, types, OpenAPI."""
