using Polly;
using Polly.Retry;

namespace MsaAspire.ServiceDefaults;

/// <summary>The delays between two attempts of what must succeed at last: they double up to five seconds, with jitter, without end.</summary>
public static class RestartDelays
{
    /// <summary>Builds them.</summary>
    /// <param name="handles">Which failures are followed by another attempt.</param>
    /// <param name="onRetry">Called with each failure and the delay after it.</param>
    public static ResiliencePipeline Build(Predicate<Exception> handles, Action<Exception, TimeSpan> onRetry) =>
        new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && handles(e)),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(5),
            OnRetry = args =>
            {
                onRetry(args.Outcome.Exception!, args.RetryDelay);
                return ValueTask.CompletedTask;
            },
        }).Build();
}
