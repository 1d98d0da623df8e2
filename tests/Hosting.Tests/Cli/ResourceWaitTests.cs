using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Cli;
using Hosting.Tests.Run;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hosting.Tests.Cli;

[Collection(RunCollection.Name)]
public class ResourceWaitTests(RunningApplication app)
{
    [Theory]
    [InlineData("server", "healthy")]
    [InlineData("CLIENT", "up")]
    [InlineData("manual", "down")]
    [InlineData("job", "down")]
    public async Task What_is_so_already_is_not_waited_for(string name, string status)
    {
        var answer = await WaitAsync(name, status);
        Assert.True(answer.Success, answer.ErrorMessage);
    }

    [Fact]
    public async Task A_wait_in_vain_for_a_resource_that_waits_itself_says_for_what()
    {
        var answer = await WaitAsync("patient", "up", seconds: 1);
        Assert.False(answer.Success);
        Assert.True(answer.TimedOut);
        Assert.Contains("is not up after 1 s", answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("it waits for 'manual", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_for_a_resource_that_has_failed_ends_at_once_and_says_so()
    {
        var answer = await WaitAsync("absent", "healthy");
        Assert.False(answer.Success);
        Assert.False(answer.TimedOut);
        Assert.Contains("FailedToStart", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_replica_that_gives_up_ends_the_wait_for_all()
    {
        // Two whose health check fails for good.
        Assert.True((await WaitAsync("twins", "up")).Success);
        var waiting = WaitAsync("twins", "healthy");
        var one = (await app.InstancesAsync("twins"))[0].ResourceId;
        await app.Application.ResourceCommands.ExecuteCommandAsync(one, KnownResourceCommands.StopCommand, TestContext.Current.CancellationToken);
        var answer = await waiting;
        Assert.False(answer.Success);
        Assert.False(answer.TimedOut);
        Assert.Contains("will not be healthy", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_there_is_not_is_answered_with_those_there_are()
    {
        var answer = await WaitAsync("server", "asleep");
        Assert.False(answer.Success);
        Assert.Equal("'asleep' cannot be waited for. Choose one of healthy, up, down.", answer.ErrorMessage);
    }

    private Task<WaitResponse> WaitAsync(string name, string status, int seconds = 30) =>
        app.Application.Services.GetRequiredService<ResourceWaits>().WaitAsync(new(name, status, seconds), TestContext.Current.CancellationToken);
}
