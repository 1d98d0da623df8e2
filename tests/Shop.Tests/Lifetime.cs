using Xunit;

namespace Shop.Tests;

/// <summary>The AppHost as a developer runs it: it starts everything, and leaves nothing however it ends. That SIGTERM ends it is in CommandLine.</summary>
public sealed class Lifetime
{
    // Limits that a loaded machine keeps too; how long it takes is measured elsewhere.
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(120), s_endLimit = TimeSpan.FromSeconds(30);

    // The system keeps the first 15 characters of a process's name.
    private static readonly string[] s_parts =
        ["Aspire.Dashboar", "postgres", "beam.smp", "MsaAspire.Catal", "MsaAspire.Inven", "MsaAspire.Order", "MsaAspire.Gatew"];

    [LongFact]
    public async Task Ctrl_C_ends_it_and_leaves_nothing()
    {
        await using var appHost = await StartAsync();
        Assert.Matches("Login to the dashboard at http://[^/]+/login\\?t=[0-9a-f]{32}", appHost.Output);

        appHost.Send(Signal.Interrupt);

        Assert.Equal(0, await appHost.ExitCodeAsync(s_endLimit));
        await appHost.NothingIsLeftAsync(s_endLimit);
    }

    [LongFact]
    public async Task Killed_it_leaves_nothing()
    {
        await using var appHost = await StartAsync();

        appHost.Send(Signal.Kill);

        await appHost.NothingIsLeftAsync(s_endLimit);
    }

    private static async Task<AppHostProcess> StartAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has left is looked up in /proc, which only Linux has.");
        var appHost = AppHostProcess.StartShop();
        await appHost.UntilAsync(
            "all parts and the login line", s_startLimit,
            () => s_parts.All(appHost.Family().Contains) && appHost.Output.Contains("Login to the dashboard", StringComparison.Ordinal));
        return appHost;
    }
}
