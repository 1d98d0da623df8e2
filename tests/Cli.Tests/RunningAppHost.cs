using System.Runtime.Versioning;
using System.Text.Json;
using Xunit;

// What is left of processes is looked up in /proc.
[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(Cli.Tests.RunningAppHost))]
// Each application takes both cores while it starts.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Cli.Tests;

/// <summary>The shop, started in the background by <c>./aspire start</c> on ports of its own.</summary>
public sealed class RunningAppHost : IAsyncLifetime
{
    internal Home Home { get; } = new();

    internal JsonElement Started { get; private set; }

    /// <summary>What <c>describe</c> showed when the broker was not there yet, for which others wait; the shop when it was never seen so.</summary>
    internal IReadOnlyList<JsonElement> Starting { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What is left of processes is looked up in /proc, which only Linux has.");
        Started = await Home.StartAsync();
        await Home.UntilAsync("gateway waits, and the broker is unhealthy; or the gateway is healthy already", async () =>
        {
            Starting = await Home.ResourcesAsync();
            var states = Starting.ToLookup(r => r.Name(), r => $"{r.Text("state")} {r.Text("healthStatus")}");
            return ((states["gateway"].Contains("Waiting ") && states["broker"].Contains("Running Unhealthy")) || states["gateway"].Contains("Running Healthy"),
                string.Join(", ", states.Select(s => $"{s.Key}: {string.Join(", ", s)}")));
        });
        var wait = await Home.RunAsync("wait", "gateway", "--timeout", "120");
        Assert.True(wait.ExitCode == 0, wait.ToString());
    }

    public async ValueTask DisposeAsync() => await Home.DisposeAsync();
}
