using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Shows parameters as resources: their value, or that nobody gave one.</summary>
internal sealed class ParameterStates(ResourceNotificationService notifications, ResourceLoggerService loggers)
{
    public async Task PublishAsync(ParameterResource parameter)
    {
        try
        {
            var value = await parameter.GetValueAsync(CancellationToken.None).ConfigureAwait(false);
            await notifications.PublishUpdateAsync(parameter, s => s with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                Properties = s.Properties.Set(KnownProperties.ParameterValue, value, parameter.Secret),
            }).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The resources that need the value fail with the same message; the others start.
            var isMissing = e is MissingParameterValueException;
            loggers.GetLogger(parameter).LogError("{Message}", e.Message);
            await notifications.PublishUpdateAsync(parameter, s => s with
            {
                State = new ResourceStateSnapshot(
                    isMissing ? KnownResourceStates.ValueMissing : "Error initializing parameter",
                    isMissing ? KnownResourceStateStyles.Warn : KnownResourceStateStyles.Error),
                Properties = s.Properties.Set(KnownProperties.ParameterValue, e.Message),
            }).ConfigureAwait(false);
        }
    }
}
