using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Proto;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Hosting.Tests.Dashboard;

public sealed class ResourceServiceTests(ResourceServiceFixture fixture) : IClassFixture<ResourceServiceFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationToken _end = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("guess")]
    public async Task A_call_without_the_key_is_refused(string? key)
    {
        var client = await fixture.ConnectAsync(key);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.GetApplicationInformationAsync(new(), deadline: Deadline(), cancellationToken: _end));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task The_first_message_holds_every_resource_and_the_next_ones_what_changed()
    {
        var worker = fixture.AddWorker();
        await fixture.Notifications.PublishUpdateAsync(worker, state => state with { State = KnownResourceStates.Starting });
        var client = await fixture.ConnectAsync();

        using var watch = client.WatchResources(new(), deadline: Deadline(), cancellationToken: _end);
        await watch.ResponseStream.MoveNext(_end);
        var first = Assert.Single(watch.ResponseStream.Current.InitialData.Resources, resource => resource.DisplayName == worker.Name);
        await fixture.Notifications.PublishUpdateAsync(worker, state => state with { State = KnownResourceStates.Running });
        await watch.ResponseStream.MoveNext(_end);

        Assert.Equal("Starting", first.State);
        var change = Assert.Single(watch.ResponseStream.Current.Changes.Value);
        Assert.Equal("Running", change.Upsert.State);
        Assert.Equal(first.Name, change.Upsert.Name);
    }

    [Fact]
    public async Task Console_lines_follow_with_number_and_origin()
    {
        var worker = fixture.AddWorker();
        await fixture.Notifications.PublishUpdateAsync(worker, state => state with { State = KnownResourceStates.Running });
        Assert.True(fixture.Notifications.TryGetCurrentState(worker.Name, out var current));
        var log = fixture.Loggers.GetLogger(worker);
        log.LogInformation("first");
        var client = await fixture.ConnectAsync();

        using var watch = client.WatchResourceConsoleLogs(new() { ResourceName = current.ResourceId }, deadline: Deadline(), cancellationToken: _end);
        await watch.ResponseStream.MoveNext(_end);
        var first = watch.ResponseStream.Current.LogLines[^1];
        log.LogError("second");
        await watch.ResponseStream.MoveNext(_end);
        var second = watch.ResponseStream.Current.LogLines[^1];

        Assert.Contains("first", first.Text, StringComparison.Ordinal);
        Assert.False(first.IsStdErr);
        Assert.Contains("second", second.Text, StringComparison.Ordinal);
        Assert.True(second.IsStdErr);
        Assert.Equal(first.LineNumber + 1, second.LineNumber);
    }

    [Fact]
    public async Task The_log_of_an_unknown_resource_ends_at_once()
    {
        var client = await fixture.ConnectAsync();

        using var watch = client.WatchResourceConsoleLogs(new() { ResourceName = "nobody" }, deadline: Deadline(), cancellationToken: _end);

        Assert.False(await watch.ResponseStream.MoveNext(_end));
    }

    [Fact]
    public async Task A_command_runs_with_its_arguments_and_answers_with_its_result()
    {
        var worker = fixture.AddWorker();
        worker.Annotations.Add(new ResourceCommandAnnotation(
            "greet", "Greet", _ => Aspire.Hosting.ApplicationModel.ResourceCommandState.Enabled,
            context => Task.FromResult(CommandResults.Success("done", $"hello {context.Arguments["who"].Value}")),
            displayDescription: null, [new() { Name = "who", InputType = Aspire.Hosting.InputType.Text }],
            confirmationMessage: null, iconName: null, iconVariant: null, isHighlighted: false));
        await fixture.Notifications.PublishUpdateAsync(worker, state => state with { State = KnownResourceStates.Running });
        Assert.True(fixture.Notifications.TryGetCurrentState(worker.Name, out var current));
        var client = await fixture.ConnectAsync();

        var request = new ResourceCommandRequest { ResourceName = current.ResourceId, CommandName = "greet" };
        request.Arguments.Add("who", Google.Protobuf.WellKnownTypes.Value.ForString("shop"));
        var response = await client.ExecuteResourceCommandAsync(request, deadline: Deadline(), cancellationToken: _end);

        Assert.Equal(ResourceCommandResponseKind.Succeeded, response.Kind);
        Assert.Equal("done", response.Message);
        Assert.Equal("hello shop", response.Result.Value);
    }

    [Fact]
    public async Task A_command_that_does_not_exist_fails_with_a_message()
    {
        var client = await fixture.ConnectAsync();

        var request = new ResourceCommandRequest { ResourceName = "nobody", CommandName = "start" };
        var response = await client.ExecuteResourceCommandAsync(request, deadline: Deadline(), cancellationToken: _end);

        Assert.Equal(ResourceCommandResponseKind.Failed, response.Kind);
        Assert.Contains("nobody", response.Message, StringComparison.Ordinal);
    }

    private static DateTime Deadline() => DateTime.UtcNow + Patience;
}
