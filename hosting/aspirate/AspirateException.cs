namespace MsaAspire.Aspirate;

/// <summary>An error that the user can fix, in one paragraph: what is wrong, and what to do next. Ends the program with exit code 1.</summary>
public sealed class AspirateException(string message, Exception? inner = null) : Exception(message, inner);
