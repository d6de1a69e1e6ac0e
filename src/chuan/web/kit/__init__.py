"""What all pages share: look, shell, parts, forms, paging, tasks and search sources."""
