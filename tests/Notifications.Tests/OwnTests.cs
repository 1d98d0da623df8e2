using System.Reflection;
using Xunit;

namespace Notifications.Tests;

public sealed class OwnTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_services_own_tests_pass_with_a_real_broker()
    {
        await using var servers = await BareServers.StartAsync(TestContext.Current.CancellationToken);
        var folder = typeof(OwnTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "service").Value!;

        var result = await ExternalProgram.RunAsync("npm", ["test", "--silent"], s_limit, new Dictionary<string, string> { ["ConnectionStrings__broker"] = servers.RabbitMQ }, folder);

        Assert.True(result.ExitCode == 0, $"npm test ended with {result.ExitCode}:\n{result.Error}\n{result.Output}");
        Assert.DoesNotContain("# SKIP", result.Output, StringComparison.Ordinal);
    }
}
