using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Run;

[Collection(RunCollection.Name)]
public class CommandTests(RunningApplication app)
{
    [Fact]
    public async Task A_killed_process_shows_in_its_state_and_start_brings_it_back()
    {
        var running = await app.WaitAsync("victim", s => s.State?.Text == KnownResourceStates.Running && Pid(s) is not null);
        using (var process = Process.GetProcessById(Pid(running.Snapshot)!.Value))
            process.Kill();
        var dead = await app.WaitAsync("victim", s => s.State?.Text == KnownResourceStates.Finished);
        Assert.Equal(-1, dead.Snapshot.ExitCode);
        Assert.Equal(ResourceCommandState.Enabled, StateOf(dead.Snapshot, KnownResourceCommands.StartCommand));

        await ExecuteAsync("victim", KnownResourceCommands.StartCommand);
        var again = await app.WaitAsync("victim", s => s.State?.Text == KnownResourceStates.Running && Pid(s) is not null);
        Assert.NotEqual(Pid(running.Snapshot), Pid(again.Snapshot));

        await ExecuteAsync("victim", KnownResourceCommands.RestartCommand);
        var restarted = await app.WaitAsync("victim", s => s.State?.Text == KnownResourceStates.Running && Pid(s) is not null && Pid(s) != Pid(again.Snapshot));
        Assert.Null(restarted.Snapshot.ExitCode);

        await ExecuteAsync("victim", KnownResourceCommands.StopCommand);
        var stopped = await app.WaitAsync("victim", s => s.State?.Text == KnownResourceStates.Finished);
        Assert.Equal(ResourceCommandState.Hidden, StateOf(stopped.Snapshot, KnownResourceCommands.StopCommand));
    }

    [Fact]
    public async Task One_replica_is_restarted_without_the_other()
    {
        var before = await app.InstancesAsync("server");
        var result = await app.Application.ResourceCommands.ExecuteCommandAsync(before[0].ResourceId, KnownResourceCommands.RestartCommand, TestContext.Current.CancellationToken);
        Assert.True(result.Success, result.Message);
        await app.Notifications.WaitForResourceAsync(
            "server", e => e.ResourceId == before[0].ResourceId && e.Snapshot.HealthStatus is not null && Pid(e.Snapshot) is { } pid && pid != Pid(before[0].Snapshot),
            TestContext.Current.CancellationToken).WaitAsync(RunningApplication.Patience, TestContext.Current.CancellationToken);
        var other = (await app.InstancesAsync("server")).Single(i => i.ResourceId == before[1].ResourceId);
        Assert.Equal(Pid(before[1].Snapshot), Pid(other.Snapshot));
    }

    [Fact]
    public async Task A_command_that_does_not_exist_fails_with_a_message()
    {
        var result = await app.Application.ResourceCommands.ExecuteCommandAsync(app.Resource("victim"), "dance", TestContext.Current.CancellationToken);
        Assert.False(result.Success);
        Assert.Contains("no command 'dance'", result.Message, StringComparison.Ordinal);
    }

    private async Task ExecuteAsync(string name, string command)
    {
        var result = await app.Application.ResourceCommands.ExecuteCommandAsync(app.Resource(name), command).WaitAsync(RunningApplication.Patience);
        Assert.True(result.Success, result.Message);
    }

    private static int? Pid(CustomResourceSnapshot snapshot) => snapshot.Properties.FirstOrDefault(p => p.Name == "executable.pid")?.Value as int?;

    private static ResourceCommandState StateOf(CustomResourceSnapshot snapshot, string command) => snapshot.Commands.Single(c => c.Name == command).State;
}
