namespace MsaAspire.Messaging;

/// <summary>The bounds of messaging, from the configuration section <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    /// <summary>The largest message a consumer reads, in bytes; a larger one goes to the dead-letter queue unread.</summary>
    public int MaxMessageSize { get; set; } = OutboxMessage.MaxSize;

    /// <summary>How often a message that its handler failed on comes again before it goes to the dead-letter queue.</summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>How long after the first failure a message comes again; each time after that four times as long.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>So many events may wait for the broker before requests that would add to them are refused.</summary>
    public long MaxOutboxDepth { get; set; } = 100_000;

    internal TimeSpan DelayOfRetry(int retry) => FirstRetryDelay * Math.Pow(4, retry - 1);
}
