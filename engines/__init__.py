"""Pure engines: definitions in, frozen plans out; plans and data in, answers and effects out."""
