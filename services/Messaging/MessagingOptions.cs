namespace MsaAspire.Messaging;

/// <summary>The limits of messaging, from the configuration section <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    /// <summary>The largest message a consumer reads, in bytes; a larger one goes to the dead-letter queue unread.</summary>
    public int MaxMessageSize { get; set; } = OutboxMessage.MaxSize;

    /// <summary>How often a message is retried after its handler failed, before it goes to the dead-letter queue.</summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>The delay of the first retry; each later one is four times as long.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many events may wait for the broker before requests that would add to them are rejected.</summary>
    public long MaxOutboxDepth { get; set; } = 100_000;

    internal TimeSpan DelayOfRetry(int retry) => FirstRetryDelay * Math.Pow(4, retry - 1);
}
