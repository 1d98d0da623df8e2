using MsaAspire.Ordering;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddOrdering();
builder.Services.AddOpenApi(api => api.Describe("Ordering", "Takes orders and says what became of them. An accepted order ends in `Confirmed`, `Rejected` (out of stock) or `Cancelled` (not paid), once, whatever fails meanwhile."));

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapOrdering();
app.MapOpenApi();
app.Run();
