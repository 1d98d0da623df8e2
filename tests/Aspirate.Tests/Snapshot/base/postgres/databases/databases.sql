SELECT 'CREATE DATABASE "catalogdb"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'catalogdb')\gexec
SELECT 'CREATE DATABASE "inventorydb"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'inventorydb')\gexec
SELECT 'CREATE DATABASE "orderingdb"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'orderingdb')\gexec
SELECT 'CREATE DATABASE "paymentdb"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'paymentdb')\gexec
SELECT 'CREATE DATABASE "providerdb"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'providerdb')\gexec
