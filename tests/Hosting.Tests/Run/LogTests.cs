using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hosting.Tests.Run;

[Collection(RunCollection.Name)]
public class LogTests(RunningApplication app)
{
    [Fact]
    public async Task Output_and_errors_come_in_the_order_they_were_written()
    {
        var lines = await ContainsAsync(app, "talker", "and out");
        var written = lines.Where(l => l.Content.EndsWith(" to out", StringComparison.Ordinal) || l.Content.EndsWith(" to err", StringComparison.Ordinal) || l.Content.EndsWith(" and out", StringComparison.Ordinal)).ToArray();
        Assert.Equal([false, true, false], written.Select(l => l.IsErrorMessage));
        Assert.True(written[0].LineNumber < written[1].LineNumber && written[1].LineNumber < written[2].LineNumber);
    }

    [Fact]
    public async Task A_log_forgets_its_oldest_lines()
    {
        var loggers = app.Application.Services.GetRequiredService<ResourceLoggerService>();
        var log = loggers.Log("chatty");
        for (var i = 1; i <= 10_050; i++)
            log.Add(DateTime.UtcNow, $"{i}", isError: false);

        var lines = new List<LogLine>();
        await foreach (var batch in loggers.GetAllAsync("chatty"))
            lines.AddRange(batch);
        Assert.Equal(10_000, lines.Count);
        Assert.Equal(51, lines[0].LineNumber);
    }

    /// <summary>Reads a resource's log until a line contains the text.</summary>
    public static async Task<IReadOnlyList<LogLine>> ContainsAsync(RunningApplication app, string name, string text)
    {
        var id = (await app.InstancesAsync(name))[0].ResourceId;
        var read = new List<LogLine>();
        await ReadAsync().WaitAsync(RunningApplication.Patience);
        return read;

        async Task ReadAsync()
        {
            await foreach (var lines in app.Application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(id))
            {
                read.AddRange(lines);
                if (lines.Any(l => l.Content.Contains(text, StringComparison.Ordinal)))
                    return;
            }
        }
    }
}
