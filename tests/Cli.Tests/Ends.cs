using System.Diagnostics;
using Xunit;

namespace Cli.Tests;

/// <summary>However an application ends that the command line has started, nothing of it is left.</summary>
public sealed class Ends
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task After_stop_nothing_is_left()
    {
        await using var home = new Home();
        await home.StartAsync();
        var wait = await home.RunAsync("wait", "gateway");
        Assert.True(wait.ExitCode == 0, wait.ToString());
        string[] programs = ["/AppHost", "/dcp ", "aspire-managed", "MsaAspire.Ordering", "node", "postgres", "beam.smp"];
        var family = home.Family();
        Assert.All(programs, program => Assert.Contains(family, process => process.Contains(program, StringComparison.Ordinal)));
        var said = await home.RunAsync("stop", "--non-interactive");
        Assert.True(said.ExitCode == 0, said.ToString());
        await home.NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_an_interrupt_of_the_command_that_runs_it_nothing_is_left()
    {
        await using var home = new Home();
        using var run = await RunAsync(home);
        await run.InterruptAsync();
        var said = await run.EndAsync(s_limit);
        Assert.True(said.ExitCode is 0 or 130, said.ToString());
        await home.NothingIsLeftAsync();
    }

    [Fact]
    public async Task When_the_command_that_runs_it_is_killed_nothing_is_left()
    {
        await using var home = new Home();
        using var run = await RunAsync(home);
        run.Kill();
        await home.NothingIsLeftAsync();
    }

    [Fact]
    public async Task When_the_command_that_started_it_in_the_background_is_killed_nothing_is_left()
    {
        await using var home = new Home();
        var started = await home.StartAsync();
        using (var cli = Process.GetProcessById(started.GetProperty("cliPid").GetInt32()))
            cli.Kill();
        await home.NothingIsLeftAsync();
    }

    private static async Task<Command> RunAsync(Home home)
    {
        var run = home.Start("run", "--non-interactive", "--no-build", "--isolated");
        await run.SaysAsync("/login?t=", s_limit);
        return run;
    }
}
