namespace MsaAspire.Messaging;

/// <summary>No retry can help: the message goes to the dead-letter queue at once, with this message as its reason.</summary>
public sealed class UnhandleableException(string reason, Exception? cause = null) : Exception(reason, cause);
