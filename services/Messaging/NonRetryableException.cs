namespace MsaAspire.Messaging;

/// <summary>A retry cannot succeed: the message goes to the dead-letter queue at once, with this exception's message as its reason.</summary>
public class NonRetryableException(string reason, Exception? cause = null) : Exception(reason, cause);

/// <summary>An event is larger than <see cref="OutboxMessage.MaxSize"/> and was not added to the outbox: its transaction must not be committed.</summary>
public sealed class EventTooLargeException(string type, int size) : NonRetryableException(
    $"The event {type} has {size} bytes, the maximum is {OutboxMessage.MaxSize}. Send the large part another way and refer to it in the event.");
