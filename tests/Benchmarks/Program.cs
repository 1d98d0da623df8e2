using System.CommandLine;
using Benchmarks.Checkout;
using Benchmarks.Messages;
using Benchmarks.Sweep;

var rate = new Option<double>("--rate") { Description = "Orders a second.", DefaultValueFactory = _ => 30 };
var duration = new Option<int>("--duration") { Description = "Seconds to measure.", DefaultValueFactory = _ => 60 };
var warmUp = new Option<int>("--warm-up") { Description = "Seconds of load before that.", DefaultValueFactory = _ => 15 };
var warmUpRate = new Option<double?>("--warm-up-rate") { Description = "Orders a second before that; as many as later unless given. A cold service compiles its code while it serves, so it can take less." };
var output = new Option<FileInfo?>("--out") { Description = "Where to write the figures as JSON." };
var dashboard = new Option<bool>("--dashboard") { Description = "Starts the dashboard too, and so the services' telemetry." };

var tables = new Option<bool>("--tables") { Description = "Reads the sizes of all tables, before and after." };

var checkout = new Command("checkout", "Orders at a constant rate through the gateway of the whole shop, until each has its final status.")
{
    rate, duration, warmUp, warmUpRate, output, dashboard, tables,
};
checkout.SetAction((arguments, cancellation) => CheckoutBenchmark.RunAsync(
    new(arguments.GetValue(rate), TimeSpan.FromSeconds(arguments.GetValue(duration)), TimeSpan.FromSeconds(arguments.GetValue(warmUp)), arguments.GetValue(warmUpRate) ?? arguments.GetValue(rate), arguments.GetValue(dashboard), arguments.GetValue(tables)),
    arguments.GetValue(output), cancellation));

var messaging = new Command("messaging", "From business row to inbox row, against the bare broker, the bare database, Wolverine and MassTransit.") { duration, output };
messaging.SetAction((arguments, cancellation) =>
    MessagingBenchmark.RunAsync(TimeSpan.FromSeconds(arguments.GetValue(duration)), arguments.GetValue(output), cancellation));

var kills = new Option<int>("--kills") { Description = "How often a process is killed.", DefaultValueFactory = _ => 12 };
var seed = new Option<int>("--seed") { Description = "Of the order and the times of the kills; a random one by default.", DefaultValueFactory = _ => Random.Shared.Next() };
var sweep = new Command("wolverine-sweep", "Kills a publisher and a consumer on Wolverine under load, and accounts for every message.") { kills, seed };
sweep.SetAction((arguments, cancellation) => WolverineSweep.RunAsync(arguments.GetValue(kills), arguments.GetValue(seed), cancellation));

var role = new Argument<string>("role");
var node = new Command("wolverine-node", "A process of the sweep.") { Hidden = true };
node.Add(role);
node.SetAction((arguments, cancellation) => SweepNode.RunAsync(arguments.GetRequiredValue(role), cancellation));

// Stopping the servers takes some seconds.
return await new RootCommand("What the shop does, and what it costs.") { checkout, messaging, sweep, node }.Parse(args)
    .InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
