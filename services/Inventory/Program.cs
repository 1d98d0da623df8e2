using MsaAspire.Inventory;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddInventory();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapInventory();
app.MapOpenApi(ApiDescription.Route);
app.Run();
