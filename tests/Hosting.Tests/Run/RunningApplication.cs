using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hosting.Tests.Run;

/// <summary>One application of tiny processes, under a real DCP, for all tests of run mode.</summary>
public sealed class RunningApplication : IAsyncLifetime
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Answers with its process id and the variables of its environment.</summary>
    private const string Server = """
        require('http').createServer((q, s) => {
          if (q.url === '/env') s.end(JSON.stringify(process.env));
          else s.end(String(process.pid));
        }).listen(Number(process.env.PORT), '127.0.0.1');
        """;

    private const string Talker = """
        console.log('to out'); setTimeout(() => { console.error('to err'); setTimeout(() => console.log('and out'), 300) }, 300);
        setInterval(() => {}, 1000);
        """;

    private const string Idle = "setInterval(() => {}, 1000)";

    private DistributedApplication? _application;
    private Task _starting = Task.CompletedTask;

    public DistributedApplication Application => _application!;

    public ResourceNotificationService Notifications => Application.ResourceNotifications;

    public List<string> Events { get; } = [];

    internal LingeringCommand Lingering { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, AllowUnsecuredTransport = true });
        var server = builder.AddExecutable("server", "node", ".", "-e", Server)
            .WithHttpEndpoint(env: "PORT")
            .WithHttpHealthCheck("/")
            .WithAnnotation(new ReplicaAnnotation(2));
        builder.AddExecutable("twins", "node", ".", "-e", "require('http').createServer((q, s) => { s.statusCode = 500; s.end(); }).listen(Number(process.env.PORT), '127.0.0.1')")
            .WithHttpEndpoint(env: "PORT")
            .WithHttpHealthCheck("/")
            .WithAnnotation(new ReplicaAnnotation(2));
        builder.AddExecutable("client", "node", ".", "-e", Server)
            .WithHttpEndpoint(env: "PORT")
            .WithReference(server.GetEndpoint("http"))
            .WithEnvironment("BRACES", "{{ .Names }} and {one}")
            .WithEnvironment("SERVER_TARGET", server.GetEndpoint("http").Property(EndpointProperty.TargetPort))
            .WaitFor(server);
        builder.AddExecutable("talker", "node", ".", "-e", Talker).WithCommand("say", "Say", Say, new()
        {
            Arguments =
            [
                new() { Name = "what", InputType = InputType.Text, Required = true, MaxLength = 10 },
                new() { Name = "how", InputType = InputType.Choice, Options = [new("loud", "Loud"), new("low", "Low")] },
            ],
        }).WithCommand("linger", "Linger", Lingering.RunAsync);
        var job = builder.AddExecutable("job", "node", ".", "-e", "process.exit(3)");
        builder.AddExecutable("after-job", "node", ".", "-e", Idle).WaitForCompletion(job, exitCode: 3);
        builder.AddExecutable("never", "node", ".", "-e", Idle).WaitForCompletion(job, exitCode: 0);
        var manual = builder.AddExecutable("manual", "node", ".", "-e", Idle).WithExplicitStart();
        builder.AddExecutable("patient", "node", ".", "-e", Idle).WaitFor(manual);
        builder.AddExecutable("absent", "no-such-program", ".");
        builder.AddExecutable("victim", "node", ".", "-e", Idle);
        var unset = builder.AddParameter("unset");
        builder.AddExecutable("needs-unset", "node", ".", "-e", Idle).WithEnvironment("VALUE", unset);
        builder.AddParameter("given", "something");
        builder.AddConnectionString("connection", ReferenceExpression.Create($"at={server.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}"));
        builder.AddExternalService("elsewhere", "https://example.org/");
        builder.AddResource(new StandIn("outsider"));
        Record(builder, server.Resource);

        _application = builder.Build();
        _starting = _application.StartAsync();
        await Notifications.WaitForResourceHealthyAsync("client").WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await Application.StopAsync().WaitAsync(Patience);
        await _starting.ContinueWith(_ => { }, TaskScheduler.Default);
        await Application.DisposeAsync();
    }

    public IResource Resource(string name) => Application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == name);

    /// <summary>The ids of a resource's instances that have been seen.</summary>
    public async Task<IReadOnlyList<ResourceEvent>> InstancesAsync(string name)
    {
        var seen = new Dictionary<string, ResourceEvent>();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        try
        {
            await foreach (var change in Notifications.WatchAsync(stop.Token))
            {
                if (change.Resource.Name == name)
                    seen[change.ResourceId] = change;
            }
        }
        catch (OperationCanceledException)
        {
            // That was the present state of all.
        }

        return [.. seen.Values];
    }

    public Task<ResourceEvent> WaitAsync(string name, Func<CustomResourceSnapshot, bool> condition) =>
        Notifications.WaitForResourceAsync(name, e => condition(e.Snapshot)).WaitAsync(Patience);

    private static Task<ExecuteCommandResult> Say(ExecuteCommandContext context) =>
        Task.FromResult(CommandResults.Success($"{context.Arguments["what"].Value}, {context.Arguments["how"].Value ?? "as ever"}"));

    private void Record(IDistributedApplicationBuilder builder, IResource resource)
    {
        builder.Eventing.Subscribe<InitializeResourceEvent>(resource, (_, _) => Add("initialize"));
        builder.Eventing.Subscribe<ResourceEndpointsAllocatedEvent>(resource, (_, _) => Add("allocated"));
        builder.Eventing.Subscribe<BeforeResourceStartedEvent>(resource, (_, _) => Add("before start"));
        builder.Eventing.Subscribe<ResourceReadyEvent>(resource, (_, _) => Add("ready"));

        Task Add(string name)
        {
            lock (Events)
                Events.Add(name);
            return Task.CompletedTask;
        }
    }
}

/// <summary>Tests that share the running application.</summary>
[CollectionDefinition(Name)]
public sealed class RunCollection : ICollectionFixture<RunningApplication>
{
    public const string Name = "run";
}

/// <summary>A resource that DCP does not run.</summary>
public sealed class StandIn(string name) : Resource(name);
