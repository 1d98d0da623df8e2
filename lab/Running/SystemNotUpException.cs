namespace MsaAspire.Lab.Running;

/// <summary>A system that was to be measured did not start.</summary>
internal sealed class SystemNotUpException(string message, Exception cause) : Exception(message, cause);
