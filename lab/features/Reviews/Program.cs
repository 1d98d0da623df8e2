using MsaAspire.Reviews;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddReviews();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapReviews();
app.Run();
