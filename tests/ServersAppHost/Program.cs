using Microsoft.Extensions.DependencyInjection;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
builder.AddPostgres("postgres").RunAsProcess().AddDatabase("orders");
builder.AddRabbitMQ("messaging").RunAsProcess().WithManagementPlugin();

var application = builder.Build();
var notifications = application.Services.GetRequiredService<ResourceNotificationService>();
_ = Task.Run(async () =>
{
    await notifications.WaitForResourceHealthyAsync("orders");
    await notifications.WaitForResourceHealthyAsync("messaging");
    Console.WriteLine("servers are healthy");
});
await application.RunAsync();
