using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hosting.Tests.Run;

public sealed class ContainerEngineTests
{
    [Fact]
    public async Task Without_an_engine_a_container_and_what_waits_for_it_say_so_and_the_rest_runs()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "podman"))),
            "The test needs an engine that this machine does not have, and it has podman.");
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, AllowUnsecuredTransport = true });
        builder.Configuration.AddInMemoryCollection([new("ASPIRE_CONTAINER_RUNTIME", "podman")]);
        var boxed = builder.AddContainer("boxed", "no-such-image");
        builder.AddExecutable("patient", "node", ".", "-e", "setInterval(() => {}, 1000)").WaitFor(boxed);
        builder.AddExecutable("free", "node", ".", "-e", "setInterval(() => {}, 1000)");
        await using var application = builder.Build();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(RunningApplication.Patience);
        var starting = application.StartAsync(limit.Token);

        await application.ResourceNotifications.WaitForResourceAsync("boxed", KnownResourceStates.RuntimeUnhealthy, limit.Token);
        await application.ResourceNotifications.WaitForResourceAsync("free", KnownResourceStates.Running, limit.Token);
        await ContainsAsync("boxed", "There is no container engine");
        await ContainsAsync("patient", "because it is in the state 'RuntimeUnhealthy'");

        await application.StopAsync(limit.Token);
        await starting.ContinueWith(_ => { }, TaskScheduler.Default);

        async Task ContainsAsync(string resource, string text)
        {
            var loggers = application.Services.GetRequiredService<ResourceLoggerService>();
            application.ResourceNotifications.TryGetCurrentState(resource, out var current);
            await foreach (var lines in loggers.WatchAsync(current!.ResourceId).WithCancellation(limit.Token))
            {
                if (lines.Any(line => line.Content.Contains(text, StringComparison.Ordinal)))
                    return;
            }

            Assert.Fail($"The log of '{resource}' does not say: {text}");
        }
    }
}
