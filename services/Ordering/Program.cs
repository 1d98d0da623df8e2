using MsaAspire.Ordering;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddOrdering();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapOrdering();
app.MapOpenApi(ApiDescription.Route);
app.Run();
