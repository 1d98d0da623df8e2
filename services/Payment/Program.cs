using MsaAspire.Payment;
using MsaAspire.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPayment();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPayment();
app.Run();
