#include "CLineEditorShims.h"
