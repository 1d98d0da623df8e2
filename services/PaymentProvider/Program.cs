using MsaAspire.Data;
using MsaAspire.PaymentProvider;
using MsaAspire.ServiceDefaults;

// Stands for a payment company's API, so that the shop has something real to talk to: a process of its own, with books of its own, which can be slow,
// fail or die like any other. A real shop has no such service, but an account.
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase(Books.Database, Books.Schema, typeof(Books).Assembly);
builder.Services.AddSingleton<Books>();
builder.Services.AddBackgroundLoop(services => services.GetRequiredService<Books>());
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ProviderJson.Default));

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPayments();
app.Run();
