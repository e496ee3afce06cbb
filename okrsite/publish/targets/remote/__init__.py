"""Any address that fsspec knows: object stores such as S3, servers that are reached by SFTP, and what else it has."""
