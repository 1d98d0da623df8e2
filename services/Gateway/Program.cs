using MsaAspire.Gateway;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddGateway(
    ("/api/products", "catalog"),
    ("/api/stock", "inventory"),
    ("/api/orders", "ordering"),
    ("/api/orders/{id}/events", "notifications"),
    ("/", "web"));

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGateway();
app.Run();
