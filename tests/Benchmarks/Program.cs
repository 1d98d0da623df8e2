using System.CommandLine;
using Benchmarks.Checkout;
using Benchmarks.Messages;

var rate = new Option<double>("--rate") { Description = "Orders a second.", DefaultValueFactory = _ => 30 };
var duration = new Option<int>("--duration") { Description = "Seconds to measure.", DefaultValueFactory = _ => 60 };
var warmUp = new Option<int>("--warm-up") { Description = "Seconds of the same load before that.", DefaultValueFactory = _ => 15 };
var output = new Option<FileInfo?>("--out") { Description = "Where to write the figures as JSON." };
var dashboard = new Option<bool>("--dashboard") { Description = "Starts the dashboard too, and so the services' telemetry." };

var checkout = new Command("checkout", "Orders at a constant rate through the gateway of the whole shop, until each has its final status.")
{
    rate, duration, warmUp, output, dashboard,
};
checkout.SetAction((arguments, cancellation) => CheckoutBenchmark.RunAsync(
    new(arguments.GetValue(rate), TimeSpan.FromSeconds(arguments.GetValue(duration)), TimeSpan.FromSeconds(arguments.GetValue(warmUp)), arguments.GetValue(dashboard)),
    arguments.GetValue(output), cancellation));

var messaging = new Command("messaging", "From business row to inbox row, against the bare broker and the bare database.") { duration, output };
messaging.SetAction((arguments, cancellation) =>
    MessagingBenchmark.RunAsync(TimeSpan.FromSeconds(arguments.GetValue(duration)), arguments.GetValue(output), cancellation));

// Stopping the servers takes some seconds.
return await new RootCommand("What the shop does, and what it costs.") { checkout, messaging }.Parse(args)
    .InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
