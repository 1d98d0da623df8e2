using System.Runtime.Versioning;
using Xunit;

namespace Shop.Tests;

/// <summary>The AppHost as a developer runs it: it starts everything, and leaves nothing however it ends.</summary>
[SupportedOSPlatform("linux")]
public sealed class Lifetime
{
    // Limits that a loaded machine keeps too; how long it takes is measured elsewhere.
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(30);

    // The system keeps the first 15 characters of a process's name.
    private static readonly string[] s_parts =
        ["aspire-managed", "postgres", "beam.smp", "MsaAspire.Catal", "MsaAspire.Inven", "MsaAspire.Order", "MsaAspire.Gatew"];

    [Theory]
    [InlineData(NativeMethods.SigInt)]
    [InlineData(NativeMethods.SigTerm)]
    public async Task Asked_to_stop_it_ends_and_leaves_nothing(int signal)
    {
        await using var appHost = await StartAsync();

        appHost.Signal(signal);

        Assert.Equal(0, await appHost.ExitCodeAsync(s_endLimit, TestContext.Current.CancellationToken));
        await NothingIsLeftAsync(appHost);
    }

    [Fact]
    public async Task Killed_it_leaves_nothing()
    {
        await using var appHost = await StartAsync();

        appHost.Signal(NativeMethods.SigKill);

        await NothingIsLeftAsync(appHost);
    }

    [Fact]
    public async Task It_prints_where_to_log_in_to_the_dashboard()
    {
        await using var appHost = await StartAsync();

        Assert.Matches("Login to the dashboard at http://[^/]+/login\\?t=[0-9a-f]{32}", appHost.Output);
    }

    private static async Task<AppHostProcess> StartAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has left is looked up in /proc, which only Linux has.");
        var appHost = AppHostProcess.Start();
        await appHost.UntilAsync(
            "all parts and the login line", s_startLimit,
            () => s_parts.All(appHost.Family().Contains) && appHost.Output.Contains("Login to the dashboard", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        return appHost;
    }

    private static async Task NothingIsLeftAsync(AppHostProcess appHost)
    {
        await appHost.UntilAsync("no process left", s_endLimit, () => appHost.Family().Count == 0, TestContext.Current.CancellationToken);
        await appHost.UntilAsync(
            "no temporary file left", s_endLimit, () => !Directory.EnumerateFileSystemEntries(appHost.TemporaryFolder).Any(IsOurs),
            TestContext.Current.CancellationToken);
    }

    // The runtime's own diagnostics sockets of processes that were killed: the .NET runtime cannot remove those, and reuses none.
    private static bool IsOurs(string path) =>
        !Path.GetFileName(path).StartsWith("clr-debug-pipe-", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("dotnet-diagnostic-", StringComparison.Ordinal);
}
