using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting.Testing;
using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace Notifications.Tests;

public sealed class OwnTests
{
    // Long enough to fetch the broker's binaries on a bare machine.
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_services_own_tests_pass_with_a_real_broker()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_startLimit + s_limit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ServersAppHost>(limit.Token);
        await using var app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("broker", limit.Token);
        var folder = typeof(OwnTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "service").Value;
        var npm = new ProcessStartInfo("npm", ["test", "--silent"]) { WorkingDirectory = folder };
        npm.Environment["ConnectionStrings__broker"] = await app.GetConnectionStringAsync("broker", limit.Token);

        var result = await ChildProcess.RunAsync(npm, s_limit, limit.Token);

        Assert.True(result.ExitCode == 0, $"npm test ended with {result.ExitCode}:\n{result.Error}\n{result.Output}");
        Assert.DoesNotContain("# SKIP", result.Output, StringComparison.Ordinal);
    }
}
