namespace MsaAspire.Messaging;

/// <summary>No retry can help: the message goes to the dead-letter queue at once, with this message as its reason.</summary>
public class UnhandleableException(string reason, Exception? cause = null) : Exception(reason, cause);

/// <summary>An event is over <see cref="OutboxMessage.MaxSize"/>, so it was not put into the outbox: what it was for must not be committed.</summary>
public sealed class EventTooLargeException(string type, int size) : UnhandleableException(
    $"The event {type} has {size} bytes, {OutboxMessage.MaxSize} is the most. Send what makes it large another way and name it in the event.");
