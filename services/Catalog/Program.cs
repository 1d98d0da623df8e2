using MsaAspire.Catalog;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCatalog();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapCatalog();
app.MapOpenApi(ApiDescription.Route);
app.Run();
