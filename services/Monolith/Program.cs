using MsaAspire.Catalog;
using MsaAspire.Contracts;
using MsaAspire.Inventory;
using MsaAspire.Messaging.InProcess;
using MsaAspire.Monolith;
using MsaAspire.Ordering;
using MsaAspire.Payment;
using MsaAspire.ServiceDefaults;
using MsaAspire.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddInProcessCalls("catalog", "inventory", "ordering");
builder.AddServiceDefaults();
// The events for notifications, which is a process of its own here too.
builder.AddInProcessMessaging("broker", ShopEvents.OrderReserved, ShopEvents.OrderRejected, ShopEvents.OrderConfirmed, ShopEvents.OrderCancelled);
builder.AddCatalog();
builder.AddInventory();
builder.AddOrdering();
builder.AddPayment();
builder.AddWeb();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapCatalog();
app.MapInventory();
app.MapOrdering();
app.MapPayment();
app.MapWeb();
app.MapOpenApi(ApiDescription.Route);
app.Run();
