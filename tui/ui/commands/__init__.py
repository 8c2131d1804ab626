"""What an operator can do. A command is declared once and serves keys, footer, palette and help."""
