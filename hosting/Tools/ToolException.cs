namespace MsaAspire.Tools;

/// <summary>A tool cannot be had; the message names the package and the way out.</summary>
public sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
