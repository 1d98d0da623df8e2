using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>The dashboard's command that lets a service handle its dead letters again.</summary>
internal static class ReplayCommand
{
    public static IResourceBuilder<ProjectResource> WithReplayCommand(this IResourceBuilder<ProjectResource> service) => service.WithHttpCommand(
        $"/messaging/{service.Resource.Name}/dead-letters/replay", "Replay dead letters", commandName: "replay", commandOptions: new HttpCommandOptions
        {
            Description = "Sends the messages in this service's dead-letter queue back to its queue.",
            ConfirmationMessage = "Each message in the dead-letter queue is handled again. Has the cause of the failures been fixed?",
            IconName = "ArrowReplyAll",
            GetCommandResult = async context =>
            {
                var body = await context.Response.Content.ReadAsStringAsync(context.CancellationToken);
                if (!context.Response.IsSuccessStatusCode)
                    return CommandResults.Failure($"The replay failed with status {(int)context.Response.StatusCode}: {body}");
                using var report = JsonDocument.Parse(body);
                return CommandResults.Success(
                    $"{report.RootElement.GetProperty("replayed")} messages are back in the queue, {report.RootElement.GetProperty("left")} remain in the dead-letter queue.");
            },
        });
}
