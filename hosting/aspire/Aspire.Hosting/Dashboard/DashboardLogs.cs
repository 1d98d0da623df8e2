using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Passes what the dashboard logs on to the AppHost's log, so that its errors are seen although the resource is hidden.</summary>
internal sealed class DashboardLogs(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ILoggerFactory loggerFactory,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    public const string Category = "Aspire.Hosting.Dashboard";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // While the application stops, the dashboard rightly complains that everything goes away.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            var first = await notifications.WaitForResourceAsync(DashboardResource.Name, _ => true, end.Token).ConfigureAwait(false);
            await foreach (var batch in loggers.WatchAsync(first.ResourceId).WithCancellation(end.Token).ConfigureAwait(false))
            {
                foreach (var line in batch)
                {
                    Forward(line);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the application stops
        }
    }

    private void Forward(LogLine line)
    {
        // The line carries the time that DCP read it in front of the dashboard's JSON.
        var start = line.Content.IndexOf('{', StringComparison.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(line.Content.AsMemory(Math.Max(start, 0)));
            var entry = json.RootElement;
            var category = entry.GetProperty("Category").GetString();
            var level = Enum.Parse<LogLevel>(entry.GetProperty("LogLevel").GetString() ?? nameof(LogLevel.Information));
            var exception = entry.TryGetProperty("Exception", out var text) ? text.GetString() : null;
            var message = $"{entry.GetProperty("Message").GetString()} {exception}".TrimEnd();
            loggerFactory.CreateLogger($"{Category}.{category}").Log(level, "{Message}", message);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or ArgumentException or InvalidOperationException)
        {
            loggerFactory.CreateLogger(Category).Log(line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, "{Message}", line.Content);
        }
    }
}
