using MsaAspire.Catalog;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCatalog();
builder.Services.AddOpenApi(api => api.Describe("Catalog", "What the shop sells, and for how much."));

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapCatalog();
app.MapOpenApi();
app.Run();
