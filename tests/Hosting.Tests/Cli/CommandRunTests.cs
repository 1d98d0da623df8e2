using System.Text.Json;
using Aspire.Hosting.Cli;
using Hosting.Tests.Run;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hosting.Tests.Cli;

[Collection(RunCollection.Name)]
public class CommandRunTests(RunningApplication app)
{
    [Theory]
    [InlineData("""["hello"]""", "hello, as ever")]
    [InlineData("""["hello", "loud"]""", "hello, loud")]
    [InlineData("""{"How": "low", "what": "hello"}""", "hello, low")]
    [InlineData("""[7]""", "7, as ever")]
    public async Task Arguments_are_taken_by_their_order_or_by_their_names(string arguments, string expected)
    {
        var answer = await RunAsync(arguments);
        Assert.True(answer.Success, answer.Message);
        Assert.Equal(expected, answer.Message);
    }

    [Theory]
    [InlineData(null, "what", "'what' is missing.")]
    [InlineData("""[""]""", "what", "'what' is missing.")]
    [InlineData("""["far too long"]""", "what", "'what' has 12 characters, 10 are the most.")]
    [InlineData("""["hello", "shrill"]""", "how", "'how' is one of loud, low.")]
    [InlineData("""["hello", "loud", "twice"]""", "", "The command 'say' takes 2 arguments.")]
    [InlineData("""{"what": "hello", "when": "now"}""", "when", "The command 'say' has no argument 'when'.")]
    public async Task Arguments_that_do_not_fit_are_named(string? arguments, string name, string message)
    {
        var answer = await RunAsync(arguments);
        Assert.False(answer.Success);
        Assert.Equal(message, answer.Message);
        Assert.Equal(new ArgumentError(name, message), Assert.Single(answer.ValidationErrors));
    }

    [Fact]
    public async Task Validating_arguments_runs_nothing()
    {
        var answer = await RunAsync("""["hello"]""", validateOnly: true);
        Assert.True(answer.Success);
        Assert.Null(answer.Message);
    }

    [Fact]
    public async Task A_command_that_has_begun_is_finished_though_its_client_goes_away()
    {
        using var client = new CancellationTokenSource();
        var running = app.Application.Services.GetRequiredService<CommandRuns>().RunAsync(new("talker", "linger", null, false), client.Token);
        await app.Lingering.Begun.WaitAsync(RunningApplication.Patience, TestContext.Current.CancellationToken);
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        app.Lingering.End();
        Assert.True(await app.Lingering.Finished.WaitAsync(RunningApplication.Patience, TestContext.Current.CancellationToken));
    }

    private Task<CommandResponse> RunAsync(string? arguments, bool validateOnly = false)
    {
        JsonElement? json = arguments is null ? null : JsonElement.Parse(arguments);
        return app.Application.Services.GetRequiredService<CommandRuns>()
            .RunAsync(new("talker", "say", json, validateOnly), TestContext.Current.CancellationToken);
    }
}
