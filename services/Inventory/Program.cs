using MsaAspire.Inventory;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddInventory();
builder.Services.AddOpenApi(api => api.Describe("Inventory", "How much of each product there is."));

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapInventory();
app.MapOpenApi();
app.Run();
