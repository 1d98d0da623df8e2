var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

// Prints its process id and that of a child which has its own pipes and ignores SIGTERM.
const string Parent = """
    const child = require('child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'ignore' });
    console.log(`pids ${process.pid} ${child.pid}`);
    setInterval(() => {}, 1000);
    """;
var parent = builder.AddExecutable("parent", "node", ".", "-e", Parent);

if (builder.Configuration["port"] is { } port)
    parent.WithHttpEndpoint(port: int.Parse(port), name: "front");

if (builder.Configuration["program"] is { } program)
    builder.AddExecutable("other", program, ".");

var application = builder.Build();
var logs = (ResourceLoggerService)application.Services.GetService(typeof(ResourceLoggerService))!;
_ = Task.Run(async () =>
{
    await application.ResourceNotifications.WaitForResourceAsync("parent");
    application.ResourceNotifications.TryGetCurrentState("parent", out var current);
    await foreach (var lines in logs.WatchAsync(current!.ResourceId))
    {
        foreach (var line in lines)
            Console.WriteLine(line.Content);
    }
});
await application.RunAsync();
