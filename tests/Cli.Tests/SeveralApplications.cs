using Xunit;

namespace Cli.Tests;

/// <summary>Two applications at once, and one that nobody can reach.</summary>
public sealed class SeveralApplications(RunningAppHost shop)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private Home Home => shop.Home;

    private static string Tiny => Path.Combine(Home.Root, "tests", "TinyAppHost", "TinyAppHost.csproj");

    [Fact]
    public async Task Ps_shows_both_and_each_is_reached_by_its_project()
    {
        // Not by the command, which would keep it as the one to start in the repository's aspire.config.json.
        using var program = AppHostProcess.StartTiny(Home);
        await program.SaysAsync("pids ", s_limit);
        try
        {
            var paths = (await Home.JsonAsync("ps")).EnumerateArray().Select(a => a.GetProperty("appHostPath").GetString()).Order();
            Assert.Equal([Path.Combine(Home.Root, "AppHost", "AppHost.csproj"), Tiny], paths);

            var tiny = (await Home.JsonAsync("describe", "--apphost", Tiny)).GetProperty("resources").EnumerateArray().ToList();
            Assert.Equal("parent", Assert.Single(tiny).Name());
        }
        finally
        {
            var stop = await Home.RunAsync("stop", "--apphost", Tiny, "--non-interactive");
            Assert.True(stop.ExitCode == 0, stop.ToString());
        }

        Assert.Single((await Home.JsonAsync("ps")).EnumerateArray());
    }

    [Fact]
    public async Task Its_socket_is_for_its_owner_alone_and_those_of_dead_processes_are_removed()
    {
        var socket = Assert.Single(Directory.GetFiles(Home.Sockets), f => f.EndsWith($".{shop.Started.GetProperty("appHostPid")}", StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Home.Sockets).UnixFileMode);

        await using var home = new Home();
        Directory.CreateDirectory(home.Sockets);
        using var tiny = AppHostProcess.StartTiny(home);
        await tiny.SaysAsync("pids ", s_limit);
        var own = Assert.Single(Directory.GetFiles(home.Sockets));
        tiny.Kill();
        await tiny.EndAsync();
        Assert.True(File.Exists(own));

        using var next = AppHostProcess.StartTiny(home);
        await next.SaysAsync("pids ", s_limit);
        Assert.NotEqual(own, Assert.Single(Directory.GetFiles(home.Sockets)));
    }

    [Fact]
    public async Task A_home_whose_path_is_too_long_for_a_socket_is_told_and_the_application_runs_on_without()
    {
        var parent = Directory.CreateTempSubdirectory("cli");
        await using (var home = new Home(Path.Combine(parent.FullName, new string('x', 80))))
        {
            using var tiny = AppHostProcess.StartTiny(home);
            await tiny.SaysAsync("pids ", s_limit);
            await tiny.SaysAsync("longer than the 107 bytes", s_limit);
        }

        parent.Delete(recursive: true);
    }
}
