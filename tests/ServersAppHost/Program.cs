using Microsoft.Extensions.Configuration;

// An AppHost that is not the shop: PostgreSQL and RabbitMQ, and nothing else. Tests, benchmarks and the lab start it, and add to it what they need.
//   --volume NAME       keeps the data of both servers in volumes NAME-postgres and NAME-broker
//   --management true   the broker with its management plugin
//   --broker false      PostgreSQL alone
//   --waiter true       something that waits for them
//   --announce true     prints which resources are ready, for a caller that sees no more of it than its output
//   --once true         starts both, which fetches their programs where that has not been done, and stops
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
var volume = builder.Configuration["volume"];

var postgres = builder.AddPostgres("postgres").RunAsProcess();
var orders = postgres.AddDatabase("orders");
var waiter = builder.Configuration.GetValue("waiter", false) ? builder.AddExecutable("waiter", "sleep", ".", "infinity").WaitFor(orders) : null;
if (volume is not null)
    postgres.WithDataVolume($"{volume}-postgres");

if (builder.Configuration.GetValue("broker", true))
{
    var broker = builder.AddRabbitMQ("broker").RunAsProcess();
    waiter?.WaitFor(broker);
    if (builder.Configuration.GetValue("management", false))
        broker.WithManagementPlugin();
    if (volume is not null)
        broker.WithDataVolume($"{volume}-broker");
}

if (builder.Configuration.GetValue("announce", false))
    builder.Eventing.Subscribe<ResourceReadyEvent>((ready, _) => Console.Out.WriteLineAsync($"{ready.Resource.Name} is ready"));

await using var application = builder.Build();
if (builder.Configuration.GetValue("once", false))
{
    await application.StartAsync();
    await application.StopAsync();
}
else
{
    await application.RunAsync();
}
