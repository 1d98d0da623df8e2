using Microsoft.Extensions.Logging;

namespace MsaAspire.Messaging;

/// <summary>The steps of each batch, at the level Debug: <c>Logging__LogLevel__MsaAspire.Messaging=Debug</c> shows them.</summary>
internal static partial class MessagingLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Module}: {Count} events are taken from the outbox", EventName = nameof(Claimed))]
    public static partial void Claimed(this ILogger logger, string module, int count);

    [LoggerMessage(2, LogLevel.Debug, "{Module}: {Count} events are sent, none is confirmed yet", EventName = nameof(Published))]
    public static partial void Published(this ILogger logger, string module, int count);

    [LoggerMessage(3, LogLevel.Debug, "{Module}: {Count} events are confirmed", EventName = nameof(Confirmed))]
    public static partial void Confirmed(this ILogger logger, string module, int count);

    [LoggerMessage(4, LogLevel.Debug, "{Module}: {Count} events are deleted from the outbox", EventName = nameof(Relayed))]
    public static partial void Relayed(this ILogger logger, string module, int count);

    [LoggerMessage(5, LogLevel.Debug, "{Module}: {Count} events have arrived", EventName = nameof(Delivered))]
    public static partial void Delivered(this ILogger logger, string module, int count);

    [LoggerMessage(6, LogLevel.Debug, "{Module}: {Count} events are handled and committed", EventName = nameof(Committed))]
    public static partial void Committed(this ILogger logger, string module, int count);

    [LoggerMessage(7, LogLevel.Debug, "{Module}: {Count} events are acknowledged", EventName = nameof(Acknowledged))]
    public static partial void Acknowledged(this ILogger logger, string module, int count);
}
